"""Carets under a subscript."""
data = {"users": [{"name": "x"}, {"name": None}]}
print(data["users"][0]["name"])
print(data["users"][1]["name"]["first"], "tail")
