Attribute VB_Name = "MinshengClicks"
Option Explicit

' Runs one button's Python function on the open workbook, with the interpreter of the user's own settings file and
' with no other. -I keeps the current folder and PYTHONPATH out of that process.
Public Sub MinshengClick(button As String)
    Dim interpreter As String, words As String

    If ActiveWorkbook Is Nothing Then
        MinshengSay "没有可以处理的工作簿。请先打开民生实事总表；如果上方有“受保护的视图”黄条，请先点“启用编辑”。"
        Exit Sub
    End If
    If HasTwoPercentSigns(ActiveWorkbook.Name) Then
        MinshengSay "文件名里有两个或更多的百分号（%），系统会把它们之间的字换掉。请先改名再点按钮。"
        Exit Sub
    End If

    #If Mac Then
        interpreter = GetConfig("INTERPRETER_MAC")
    #Else
        interpreter = GetConfig("INTERPRETER_WIN")
    #End If
    If interpreter = "" Then
        MinshengSay "没有找到安装设置。请重新运行安装包里的“安装.cmd”。"
        Exit Sub
    End If

    #If Mac Then
        RunPython "import minsheng.click; minsheng.click.press('" & button & "')"
    #Else
        If Not FileExists(interpreter) Then
            words = "找不到 Python：" & vbCrLf & interpreter & vbCrLf & vbCrLf & "请运行安装包里的“检查.cmd”。"
            MinshengSay words
            Exit Sub
        End If
        RunFrozenPython interpreter, "-I -m minsheng.click " & button
    #End If
End Sub

' cmd.exe replaces what stands between two of them, even inside quotation marks.
Private Function HasTwoPercentSigns(bookName As String) As Boolean
    HasTwoPercentSigns = InStr(InStr(bookName, "%") + 1, bookName, "%") > InStr(bookName, "%")
End Function
