"""Names that machines and templates give: nobody is called so."""

from __future__ import annotations

from typing import Final

NOBODY: Final = frozenset(
    """admin,administrator,anon,anonymous,author,author name,debian,default,deleted user,
    developer,ec2-user,first last,firstname lastname,full name,ghost,git,localhost,n/a,name,
    no author,no name,nobody,noname,none,not committed yet,null,root,test,ubuntu,undefined,unknown,
    user,username,vagrant,your full name,your name""".replace("\n    ", "").split(",")
)
