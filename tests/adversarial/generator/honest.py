def add_cases(book):
    pass
from generator.badges import *
from generator.material import *
def add_cases(book):
    book.add("honest-x","V-LD-3",0,embed(badge(),ISSUER),"Honest badge.")
