"""Lessons as pages to read: text, what the code gave, and the questions, without a kernel of the reader's own."""
