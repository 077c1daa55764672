"""Writing the services of the house, their forms and checklists."""
