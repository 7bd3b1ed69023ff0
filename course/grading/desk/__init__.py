"""The marking desk: written answers read one question at a time, without names, and marked by keyboard.

`answers` reads them and puts alike ones together, `rubric` says what they may be marked with, `state` keeps that beside the
gradebook, `desk` marks, and `pages` writes the feedback pages anew.
"""
