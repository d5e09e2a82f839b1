"""Words and the rules over them, in pure Python: no Django, so that every part of the newsroom can use it."""
