"""READ AND JUDGE: find the claims in the text of a page and set each beside the documented evidence."""
