"""The Excel add-in: its names, and the packing of xlmacros/ and workbook/ribbon.xml into workbook/民生实事.xlam."""
