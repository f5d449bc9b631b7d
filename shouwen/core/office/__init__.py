"""The office: who was what on which day, who may do what, whose matter it is."""
