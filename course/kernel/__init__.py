"""Kernels that are ready at once (forked from a warm process), and the sandbox in which submissions are graded.

`course.kernel.provisioner` makes warm kernels Jupyter's default; `course.kernel.sandbox.open_kernel` gives the grader one
that can harm nobody.
"""
