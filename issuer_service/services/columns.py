"""How the columns of pasted tables are called in many languages: one table, without case, accents and marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["COLUMNS", "column_named"]

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        # what a cell of the first line has to say to be the name of this column, separated by |
        "recipient": (
            "recipient|username|user name|user|users|login|account|account name|handle|wiki username|wiki user name"
            "|wikimedia username|student username|participant username|editor|editors"
            "|email|e mail|email address|e mail address|mail|did|identity"
            "|usuario|usuarios|usuaria|nombre de usuario|nombre de usuaria|cuenta"
            "|correo|correo electronico|direccion de correo"
            "|utilisateur|utilisatrice|utilisateurs|nom d utilisateur|nom dutilisateur|pseudo|pseudonyme|compte"
            "|courriel|adresse e mail|adresse email|adresse electronique|adresse de courriel"
            "|المستخدم|اسم المستخدم|اسم المستخدمة|مستخدم|الحساب"
            "|البريد الالكتروني|البريد|بريد الكتروني"
            "|benutzer|benutzername|benutzerin|nutzer|nutzername|konto|e mail adresse"
            "|nome de usuario|nome de utilizador|utilizador|usuario a|nome utente|utente|gebruiker|gebruikersnaam"
            "|uzytkownik|nazwa uzytkownika|anvandare|anvandarnamn|bruger|brugernavn|bruker|brukernavn|kayttaja"
            "|kayttajatunnus|uzivatel|uzivatelske jmeno|kullanici|kullanici adi|pengguna|nama pengguna"
            "|имя участника|пользователь|имя пользователя|користувач|ім я користувача|почта"
            "|उपयोगकर्ता|सदस्यनाम|उपयोगकर्ता नाम|mtumiaji|jina la mtumiaji|ব্যবহারকারী|ব্যবহারকারী নাম"
            "|用户名|用戶名|用户|ユーザー名|利用者名|利用者|사용자|사용자 이름|משתמש|שם משתמש|نام کاربری|کاربر"
        ),
        # how somebody is called: taken when the table has nothing that can be proved
        "person": (
            "name|full name|display name|real name|member|student|participant|participants"
            "|nombre|nombre completo|nombre y apellidos|participante|participantes"
            "|nom|nom complet|nom et prenom|prenom et nom|participante|participantes|الاسم|اسم|الاسم الكامل|المشارك"
            "|teilnehmer|teilnehmerin|teilnehmende|nome|nome completo|участник|имя|सदस्य"
        ),
        "narrative": (
            "narrative|comment|comments|note|notes|reason|what they did|description|contribution"
            "|narrativa|comentario|comentarios|nota|notas|motivo|descripcion|contribucion"
            "|commentaire|commentaires|remarque|remarques|motif|recit|ملاحظة|ملاحظات|تعليق|الوصف"
            "|kommentar|anmerkung|bemerkung|begrundung|comentario a|observacao"
        ),
        "evidence": (
            "evidence|evidence url|link|url|proof|diff|page"
            "|evidencia|prueba|enlace|preuve|lien|دليل|رابط|beleg|nachweis|evidencias|ligacao"
        ),
        "level": "level|grade|nivel|grado|niveau|echelon|مستوى|المستوى|stufe|livello|nivo",
    }
)


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    letters = "".join(character for character in apart if not unicodedata.combining(character)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


COLUMNS: Mapping[str, str] = MappingProxyType(
    {_plain(name): column for column, names in _NAMES.items() for name in names.split("|")}
)


def column_named(cell: str) -> str | None:
    """Which column a heading names, or None.

    They are ``"recipient"``, ``"person"`` (how somebody is called), ``"narrative"``, ``"evidence"`` and ``"level"``.
    """
    return COLUMNS.get(_plain(cell)) if len(cell) <= 60 and "@" not in cell else None
