Attribute VB_Name = "MinshengWords"
Option Explicit

Public Sub MinshengSay(words As String)
    MsgBox words, vbExclamation, "民生实事台账"
End Sub
