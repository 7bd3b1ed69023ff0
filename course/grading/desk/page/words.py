"""What the desk's page says."""

from __future__ import annotations

from course.i18n import N_

WORDS = {
    "title": N_("Marking desk"),
    "lead": N_(
        "One answer at a time, without names, alike ones together. Every mark is saved at once, in nbgrader's gradebook."
    ),
    "back": N_("Dashboard"),
    "question": N_("Question to mark"),
    "option": N_("{title}: {waiting} to read"),
    "asked": N_("What was asked"),
    "model": N_("A model answer"),
    "answer": N_("Answer {number} of {total}"),
    "alike": N_("Alike: {place} of {size} that share most of their words"),
    "alone": N_("No other answer is like it"),
    "empty": N_("This answer holds no words."),
    "progress": N_("{done} of {total} marked"),
    "nothing": N_("No answer to this question waits for a person. Collect and grade first: course grade {assignment}"),
    "rubric": N_("Rubric"),
    "no_rubric": N_("There is no item yet. Press E and write the first: what you look for, and its points."),
    "points": N_("{points} of {out_of} points"),
    "unmarked": N_("not marked yet"),
    "again": N_("Graded again since you marked it: look again, and press Enter to keep your mark."),
    "elsewhere": N_(
        "These points or this comment were given elsewhere, in formgrader perhaps. A mark given here replaces them."
    ),
    "none": N_("No points"),
    "comment": N_("Comment for the learner"),
    "comments": N_("Comments you have written before"),
    "insert": N_("Insert comment {number}: {text}"),
    "all_alike": N_("Give this mark to all {size} alike"),
    "undo": N_("Undo"),
    "edit": N_("Change the rubric"),
    "previous": N_("Previous"),
    "next": N_("Next"),
    "next_open": N_("Next unmarked"),
    "key_list": N_("Keys"),
    "keys_on": N_("Single keys mark"),
    "saving": N_("Saving …"),
    "saved": N_("Saved."),
    "unsaved": N_("Not saved yet: the course does not answer. It is tried again; leave this page open."),
    "undone": N_("Undone."),
    "undone_kept": N_("Undone, except for {kept} changed elsewhere since."),
    "all_done": N_("Every answer has been marked."),
    "given": N_("All alike answers have this mark now: {count}."),
    "item_text": N_("Item {number}, {language}"),
    "item_points": N_("Points of item {number}"),
    "remove": N_("Remove item {number}"),
    "add": N_("Add an item"),
    "save_rubric": N_("Save for all answers"),
    "cancel": N_("Cancel"),
    "rubric_note": N_(
        "Items add up, never below 0 nor above what the task is worth. New points count for all answers marked here. "
        "Learners read an item in the language of their edition; where it is worded in one language only, all read that."
    ),
    "rubric_saved": N_("The rubric is saved; points that follow from it have changed."),
    "failed": N_("The course could not do that. Load the page again."),
    "key_digit": N_("give or take away an item of the rubric"),
    "key_none": N_("no points"),
    "key_enter": N_("keep the mark, and on to the next unmarked answer"),
    "key_move": N_("next, previous answer"),
    "key_alike": N_("the same mark for all alike answers"),
    "key_comment": N_("write a comment; Esc leaves it"),
    "key_insert": N_("insert a comment written before"),
    "key_undo": N_("undo"),
    "key_edit": N_("change the rubric; Ctrl+Enter saves it, Esc leaves it"),
}
