"""What a learner touches: simulator, prediction, quiz, chart and app, each a .py beside its .js and .css."""
