"""Icons of Office that the ribbon uses, held against two public lists; an unknown name gives a button without a picture.

Both lists were looked at in November 2026: the control identifiers that Microsoft publishes for Excel and Word
(OfficeDev/office-fluent-ui-command-identifiers on GitHub: Office 2013 to Microsoft 365, each name in every edition),
and the gallery of image names in gjvdkamp/SimpleImageMsoViewer (imageMso.txt: each name marked as there in Office 2010
and in 2013). ErrorChecking is Excel's own command of that name, seen as a picture in a published add-in.
"""

from __future__ import annotations

KNOWN_ICONS = frozenset(
    {
        "ConditionalFormattingClearMenu",
        "ConditionalFormattingMenu",
        "Consolidate",
        "DataValidation",
        "ErrorChecking",
        "FileNew",
        "FileSaveAsPdfOrXps",
        "FileSaveAsWordDocx",
        "FileSendAsAttachment",
        "GetExternalDataFromText",
        "Help",
        "PropertySheet",
        "RefreshAll",
        "ReviewNewComment",
        "Undo",
    }
)
