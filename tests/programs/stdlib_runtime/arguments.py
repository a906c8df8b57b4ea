"""argparse: parsing and help."""


def ap():
    import argparse
    p=argparse.ArgumentParser(prog='x'); p.add_argument('-n',type=int,default=3,help='num'); p.add_argument('f',nargs='*'); print(p.parse_args(['-n','4','a','b'])); print(p.format_help())


ap()
