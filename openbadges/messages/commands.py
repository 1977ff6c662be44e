"""Sentences about using the command: its arguments, the files it reads and writes."""

MESSAGES: dict[str, str] = {
    # what is read
    "cli.file_missing": "There is no file {path}. Check the name and the folder.",
    "cli.domain_alone": "--domain says who asked for a presentation. Give --challenge, too: what you gave the holder.",
    "cli.recipient_of_presentation": "A presentation says itself who shows the badges. Leave out --recipient, or check "
    "the badge alone.",
    "cli.file_is_folder": "{path} is a folder. Name a file in it.",
    "cli.file_unreadable": "{path} cannot be read: {reason}.",
    "cli.file_empty": "There is nothing in {path}.",
    "cli.file_too_large": "{path} holds more than {limit} bytes, which no badge needs.",
    "cli.file_not_text": "{path} is not text in UTF-8.",
    "cli.folder_empty": "There are no files in the folder {path}.",
    "cli.stdin_twice": "“-”, the standard input, can be read only once. Name a file for the other.",
    "cli.url_offline": "{url} would have to be fetched, and --offline forbids that. Leave out one of them.",
    "cli.url_not_https": "{url} is not an https address. Only https is fetched; save what is there as a file.",
    # what is written
    "cli.same_file": "{path} is read and would be replaced. Choose another name for the output.",
    "cli.not_written": "{path} cannot be written: {reason}. Choose another folder or name.",
    "cli.bake_unsigned": "What is in {path} is not signed, so the picture would be no badge. Sign it first: openbadges "
    "issue.",
    "cli.bits_of_rsa": "--bits is the size of an RSA key; a {kind} key has only one. Leave it out, or add --kind RSA.",
    "cli.secret_to_terminal": "A private key is not shown on a terminal. Name a file with -o.",
    "cli.binary_to_terminal": "A picture is not shown on a terminal. Name a file with -o.",
    # options
    "cli.time": "{option}: {reason}",
    "cli.no_terminal": "There is no terminal to ask for a passphrase. Use --passphrase-file.",
    "cli.passphrases_differ": "The two passphrases are not the same. Nothing was written; try again.",
    "cli.passphrase_needed": "The key file {path} is encrypted. Name a file with its passphrase by "
    "--passphrase-file, or run this in a terminal.",
    "cli.credential_or_achievement": "Name either a CREDENTIAL to sign, or --achievement and --recipient to build one.",
    "cli.only_with_achievement": "{option} is for building a credential with --achievement. Write it into the "
    "credential itself instead.",
    "cli.needed_with_achievement": "{option} is needed to build a credential.",
    "cli.achievement_given": "{path} is an achievement, not yet a credential. Name it with --achievement, and who "
    "earned it with --recipient.",
    "cli.credential_given": "{path} is a credential, not an achievement. Name it alone, without --achievement.",
    "cli.status_list_and_index": "--status-list and --status-index belong together. Give both or neither.",
    "cli.one_did": "Name one DID alone, or key files.",
    "cli.one_key": "One document of a did:key holds one key. Name one file, or use --web or --jwks for several.",
    "cli.issuer_no_id": "“{issuer}” is not the id of an issuer, so no badge can be by it. Name whom you trust as the "
    "badge names its issuer: by a DID, such as did:web:badges.example.org, or by a whole address that begins with "
    "https://.",
    "cli.retired_without_web": "--retired is for the document of a did:web. Name it with --web.",
    "cli.schema_name": "There is no schema “{name}”. Known: {known}.",
    "cli.not_legacy": "This is not an Open Badges 2.0 badge, so there is nothing to upgrade.",
    "cli.suite_of_token": "A token is signed by the algorithm of its key and has no cryptosuite. Leave out --suite "
    "{suite}, or ask for --form data-integrity.",
    "cli.several_layers": "Several of the files are local layers: {layers}. Name the one that counts with --overlay, "
    "not among the others.",
    # status lists
    "cli.list_kind": "{path} is not a status list. To make one: openbadges status new.",
    "cli.list_purpose": "The list has several purposes; an entry has one. Use a list with one purpose.",
    "cli.list_other_key": "The list in {path} was not signed with this key, or was changed since. If it was signed "
    "with an older key of yours, name that with --previous-key.",
    "cli.list_url": "“{url}” is not an https address. A list is looked up at the address it names, over https only.",
    "cli.list_index": "“{text}” is not a place in a status list. Write whole numbers from 0.",
    "cli.list_needs_key": "A signed status list needs --key.",
    "cli.list_needs_issuer": "A 1EdTech revocation list is not signed; say whose it is with --issuer, without --key.",
    "cli.list_other_list": "The badge does not name the list {list}. It names: {found}.",
}
