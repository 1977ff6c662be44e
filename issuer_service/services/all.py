"""Every use case behind one value. The wiring makes it; pages, API and commands are handed it."""

from __future__ import annotations

from dataclasses import dataclass, field

from issuer_service.services.accounts import Accounts
from issuer_service.services.achievements import Achievements
from issuer_service.services.affiliates import Affiliates
from issuer_service.services.awarding import Awarding
from issuer_service.services.case_documents import CaseDocuments
from issuer_service.services.checking import InThisProcess
from issuer_service.services.documents import LocalDocuments
from issuer_service.services.framework_cache import FrameworkCache
from issuer_service.services.framework_imports import FrameworkImports
from issuer_service.services.framework_search import FrameworkSearch
from issuer_service.services.framework_staging import FrameworkStaging
from issuer_service.services.frameworks import Frameworks
from issuer_service.services.hashing import Passwords
from issuer_service.services.idempotency import Idempotency
from issuer_service.services.images import Images
from issuer_service.services.issuance import Issuance
from issuer_service.services.known_issuers import KnownIssuers
from issuer_service.services.local_layers import LocalLayers
from issuer_service.services.ports import Checker, Clock, Fetcher, Keystore, Store
from issuer_service.services.receiving import Receiving
from issuer_service.services.site import Site
from issuer_service.services.statistics import Statistics
from issuer_service.services.status_changes import StatusChanges
from issuer_service.services.status_lists import StatusLists
from issuer_service.services.tokens import Tokens
from issuer_service.services.tools import Tools
from issuer_service.services.verification import Verification
from openbadges.ports import NoNetwork, SystemClock

__all__ = ["Services", "Site"]


@dataclass(frozen=True, kw_only=True)
class Services:
    """The use cases, by what they are about.

    Args:
        store: Where facts are kept.
        keystore: The only one that opens private keys.
        site: Where the site is.
        clock: Tells the time.
        fetcher: The way to badges and documents elsewhere; there is none by default.
        checker: Checks what strangers hand in; in this process by default.
        passwords: How passwords are hashed.
    """

    store: Store = field(repr=False)
    keystore: Keystore = field(repr=False)
    site: Site
    clock: Clock = field(default=SystemClock(), repr=False)
    fetcher: Fetcher = field(default=NoNetwork(), repr=False)
    checker: Checker = field(default_factory=InThisProcess, repr=False)
    passwords: Passwords = field(default_factory=Passwords, repr=False)

    accounts: Accounts = field(init=False, repr=False)
    affiliates: Affiliates = field(init=False, repr=False)
    achievements: Achievements = field(init=False, repr=False)
    images: Images = field(init=False, repr=False)
    awarding: Awarding = field(init=False, repr=False)
    issuance: Issuance = field(init=False, repr=False)
    status_changes: StatusChanges = field(init=False, repr=False)
    status_lists: StatusLists = field(init=False, repr=False)
    receiving: Receiving = field(init=False, repr=False)
    documents: LocalDocuments = field(init=False, repr=False)
    verification: Verification = field(init=False, repr=False)
    tokens: Tokens = field(init=False, repr=False)
    statistics: Statistics = field(init=False, repr=False)
    known_issuers: KnownIssuers = field(init=False, repr=False)
    idempotency: Idempotency = field(init=False, repr=False)
    frameworks: Frameworks = field(init=False, repr=False)
    framework_imports: FrameworkImports = field(init=False, repr=False)
    framework_search: FrameworkSearch = field(init=False, repr=False)
    framework_staging: FrameworkStaging = field(init=False, repr=False)
    local_layers: LocalLayers = field(init=False, repr=False)
    case_documents: CaseDocuments = field(init=False, repr=False)

    def __post_init__(self) -> None:
        tools = Tools(store=self.store, keystore=self.keystore, clock=self.clock, site=self.site)
        documents = LocalDocuments(tools, self.fetcher)
        cache = FrameworkCache()
        imports, layers = FrameworkImports(tools), LocalLayers(tools, cache)
        verification = Verification(tools, documents, self.checker)
        made = {
            "accounts": Accounts(tools, self.passwords),
            "affiliates": Affiliates(tools),
            "achievements": Achievements(tools),
            "images": Images(tools),
            "awarding": Awarding(tools),
            "issuance": Issuance(tools),
            "status_changes": StatusChanges(tools),
            "status_lists": StatusLists(tools),
            "receiving": Receiving(tools, verification),
            "documents": documents,
            "verification": verification,
            "tokens": Tokens(tools),
            "statistics": Statistics(tools),
            "known_issuers": KnownIssuers(tools),
            "idempotency": Idempotency(tools),
            "frameworks": Frameworks(tools, cache),
            "framework_imports": imports,
            "framework_search": FrameworkSearch(tools),
            "framework_staging": FrameworkStaging(tools, imports, layers),
            "local_layers": layers,
            "case_documents": CaseDocuments(tools, cache),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    def close(self) -> None:
        """Give back what the store holds, such as connections; nothing can be done with it afterwards."""
        self.store.close()
