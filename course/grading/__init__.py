"""What the course adds to nbgrader."""

# By these a server tells the kernel of the instructor's dashboard which folder it shows, and what there is besides
FOLDER_VARIABLE, FORMGRADER_VARIABLE, DESK_VARIABLE = "COURSE_GRADING_ROOT", "COURSE_FORMGRADER", "COURSE_DESK"
