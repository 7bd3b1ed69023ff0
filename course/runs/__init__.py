"""Runs without kernels: any page may ask for one by its address, and whoever has the address gets the same answer.

`questions` reads addresses, `answering` answers them in a worker, `worker` and `pool` keep the workers, `store` remembers,
and `service` is what a server asks. Nothing here knows who asks, and nothing of a reader is kept.
"""

from course.runs.questions import Question, QuestionError
from course.runs.service import Answer, Service

__all__ = ["Answer", "Question", "QuestionError", "Service"]
