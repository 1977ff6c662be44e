def add_cases(book):
    pass
