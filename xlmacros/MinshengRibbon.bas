Attribute VB_Name = "MinshengRibbon"
Option Explicit

' One callback a button of the ribbon. What it does stands in minsheng/buttons, under the name that is passed on.

Public Sub Minsheng_Merge(control As Object)
    MinshengClick "merge"
End Sub

Public Sub Minsheng_ImportDocument(control As Object)
    MinshengClick "import_document"
End Sub

Public Sub Minsheng_Dispatch(control As Object)
    MinshengClick "dispatch"
End Sub

Public Sub Minsheng_Undo(control As Object)
    MinshengClick "undo"
End Sub

Public Sub Minsheng_Check(control As Object)
    MinshengClick "check"
End Sub

Public Sub Minsheng_Colour(control As Object)
    MinshengClick "colour"
End Sub

Public Sub Minsheng_ClearColour(control As Object)
    MinshengClick "clear_colour"
End Sub

Public Sub Minsheng_RefreshSummary(control As Object)
    MinshengClick "refresh_summary"
End Sub

Public Sub Minsheng_ExportPdf(control As Object)
    MinshengClick "export_pdf"
End Sub

Public Sub Minsheng_Bulletin(control As Object)
    MinshengClick "bulletin"
End Sub

Public Sub Minsheng_Reply(control As Object)
    MinshengClick "reply"
End Sub

Public Sub Minsheng_OpenSettings(control As Object)
    MinshengClick "open_settings"
End Sub

Public Sub Minsheng_Repair(control As Object)
    MinshengClick "repair"
End Sub

Public Sub Minsheng_ShowHelp(control As Object)
    MinshengClick "show_help"
End Sub
