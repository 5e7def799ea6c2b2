"""Official files that a reader brings, turned into tables that the chapters can run on.

``python -m data.official FILES --to FOLDER`` reads INSEE's workbooks and zonings, Urssaf's CSV and a list of third
places, whichever are there, and writes a folder of tables; ``make own BOOK_DATA=FOLDER`` runs chapters on it. The
packages it needs stand in ``requirements.txt`` beside this file; nothing else in the book imports this one.

===============  =======================================================================================
module           what it does
===============  =======================================================================================
``files``        is a file what its name says, whole, and of a size that can be read?
``sheets``       rows of a workbook's sheets; text, numbers and codes in its cells
``census``       INSEE's sector and occupation workbooks (people aged 25–54, harmonised censuses)
``zonings``      INSEE's compositions of urban units, attraction areas and employment zones
``jobs``         Urssaf's private jobs by commune and activity
``places``       a list of third places
``communes``     which zone a commune of any date belongs to; populations on today's ground
``losses``       what is lost on the way, counted; too much is an error
``tables``       tables of the book's schema from what was read
``folder``       the folder that is written: all of it or nothing
===============  =======================================================================================
"""
