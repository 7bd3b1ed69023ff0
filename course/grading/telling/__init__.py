"""What learners, instructors and platforms are told: feedback pages, figures on tasks and class, and the way back."""
