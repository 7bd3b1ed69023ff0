"""What a dashboard says of a teacher's task: to the teacher who makes the link, and to the learner who opens it."""

from __future__ import annotations

from course.i18n import N_

TASK_WORDS = {
    "task": N_("Your teacher asks"),
    "task_start": N_("Start"),
    "task_fixed": N_("Fixed by your teacher."),
    "task_goal": N_("Goal"),
    "task_goal_next": N_("Goal: {label}"),
    "task_goal_done": N_("Goal reached: {label}"),
    "task_goal_met": N_("Goal reached."),
    "task_leave": N_("Open the whole dashboard without this task"),
    "task_damaged": N_(
        "The link to your teacher’s task is damaged: a part of it is missing or altered. "
        "Copy the whole link again, or scan the code again. This is the dashboard without the task."
    ),
    "task_newer": N_(
        "The link to your teacher’s task was made with a newer edition of the course than this one. "
        "Update the course, or ask your teacher. This is the dashboard without the task."
    ),
    "task_module": N_(
        "The link to your teacher’s task belongs to the dashboard of {what}, and this is {module}. "
        "Ask your teacher for the link again. This is the dashboard without the task."
    ),
    "task_unknown": N_(
        "The link to your teacher’s task speaks of “{what}”, which this dashboard does not have or does not allow. "
        "It may come from another edition: ask your teacher for a new link. This is the dashboard without the task."
    ),
    "link": N_("Link for your class"),
    "link_make": N_("Make a link for your class"),
    "link_how": N_(
        "Set the dashboard as your class shall find it, then say here what they may move and what you ask. "
        "All of it stands in the link; nothing is stored anywhere."
    ),
    "link_start": N_("It starts as the dashboard stands now: “{preset}”, seed {seed}."),
    "link_start_changed": N_("It starts as the dashboard stands now: “{preset}” with {changes}, seed {seed}."),
    "link_levers": N_("What may be moved"),
    "link_free": N_("free"),
    "link_fixed": N_("fixed, with its value"),
    "link_hidden": N_("hidden"),
    "link_all_free": N_("All free"),
    "link_all_fixed": N_("All fixed"),
    "link_all_hidden": N_("All hidden"),
    "link_situations": N_("Further situations to choose"),
    "link_situations_held": N_("What would move a fixed or hidden lever cannot be offered."),
    "link_no_goal": N_("no goal"),
    "link_sign": N_("At least or at most"),
    "link_least": N_("at least"),
    "link_most": N_("at most"),
    "link_bound": N_("Threshold"),
    "link_now": N_("Now: {value}"),
    "link_question": N_("Your question, in one language or both (300 characters each)"),
    "link_place": N_("Where your class finds the course"),
    "link_base": N_("Address"),
    "link_alone": N_(
        "This address works on this computer only. "
        "Put in the address at which your class opens the course, up to and with “course/”."
    ),
    "link_reach": N_("Your class must be able to open this address; if theirs is another, put it in, up to “course/”."),
    "link_do": N_("Make the link"),
    "link_made": N_("Here is the link. Try it before you hand it out."),
    "link_met": N_("The goal is met from the start."),
    "link_one_language": N_("Whoever reads {language} sees your question in the other language."),
    "link_long": N_("The link would be too long (characters over the limit: {count}). Shorten the question."),
    "link_no_bound": N_("The goal has no threshold: put in a number, or choose “no goal”."),
    "link_bad_base": N_(
        "The address of the course cannot be read. It begins with http:// or https:// and ends with “course/”."
    ),
    "link_try": N_("Try it in a new tab"),
    "link_code": N_("QR code of the link"),
    "link_save": N_("Save the code (SVG)"),
}
