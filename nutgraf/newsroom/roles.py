"""The four roles of a newsroom, as groups: what each is called; what each may do is set by the desk's migrations."""

REPORTER = "Reporter"
EDITOR = "Editor"
CURATOR = "Curator"
PUBLISHER = "Publisher"

ROLES = (REPORTER, EDITOR, CURATOR, PUBLISHER)
