"""LibreOffice as an xlwings engine, over UNO: a program that is started here, or one in which a person works."""
