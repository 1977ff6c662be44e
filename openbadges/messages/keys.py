"""Sentences about keys, identifiers that carry keys, their encodings, and compact signatures (JWS)."""

MESSAGES: dict[str, str] = {
    # encodings
    "base58.too_long": "The base58 text is longer than {limit} characters.",
    "base58.character": "The base58 text holds “{character}”, which is not one of its characters. 0, O, I and l are "
    "left out on purpose; check what was copied.",
    "base64url.too_long": "The base64url text is longer than {limit} characters.",
    "base64url.padding": "The base64url text ends with “=”. Leave the padding out.",
    "base64url.character": "The base64url text holds a character other than letters, digits, “-” and “_”. Check for "
    "blanks, line ends, “+” and “/”.",
    "base64url.length": "The base64url text is cut off: no value has that number of characters.",
    "base64url.trailing_bits": "The last character of the base64url text carries bits that belong to no byte. "
    "Encode the value again.",
    "multibase.too_long": "The multibase text is longer than {limit} characters.",
    "multibase.empty": "The multibase text is empty. It starts with “z” (base58) or “u” (base64url).",
    "multibase.unsupported": "The multibase prefix “{prefix}” means {name}. Only “z” (base58) and “u” (base64url) "
    "are read here.",
    "multibase.unknown": "The multibase prefix “{prefix}” is not known. Use “z” (base58) or “u” (base64url).",
    "multikey.too_long": "The key text is longer than {limit} characters, more than a key of its kind has.",
    "multikey.prefix": "The key text does not start with “z”. A Multikey is “z” and base58.",
    "multikey.length": "A {kind} key has {expected} bytes, this one has {found}. It was cut off or something was "
    "added.",
    "multikey.unknown": "The key is of a kind that is not known (first bytes {prefix}). Use Ed25519, P-256, P-384 "
    "or RSA.",
    "multikey.unsupported": "The key is a {kind} key, which cannot sign badges here. Use Ed25519, P-256, P-384 or RSA.",
    "multikey.no_form": "There is no Multikey for {found} bytes as a key of kind {kind}.",
    "bits.out_of_range": "The index {index} is outside the list, which has {length} entries.",
    "bits.size": "An entry of {size} bits is not possible; it has at least one.",
    "bits.length": "A list of {length} bits is not possible. Use a multiple of 8.",
    # keys
    "key.kind": "Keys of kind {kind} are not used here. Known kinds: {known}.",
    "key.length": "A {kind} key has {expected} bytes, this one has {found}.",
    "key.not_compressed": "The {kind} key is not a compressed point; it has to start with the byte 02 or 03.",
    "key.not_on_curve": "The key is not a point of the curve {kind}, so it is nobody's key.",
    "key.not_canonical": "The Ed25519 key is written in a second, non-canonical way, which is not allowed.",
    "key.small_order": "The Ed25519 key is one of the few for which one signature fits every message. It proves "
    "nothing.",
    "key.scalar": "The number in the secret {kind} key is outside the range of the curve.",
    "key.rsa_bytes": "The bytes are not exactly one RSA public key (PKCS#1 in DER).",
    "key.rsa_size": "The RSA key has {bits} bits. Use a key of {least} to {most} bits, a multiple of 8.",
    "key.rsa_exponent": "The RSA key's exponent is not an odd number from 3 to 2^32. Use the usual 65537.",
    "key.rsa_modulus": "The RSA key's modulus is even or of the kind that weak smart cards made (CVE-2017-15361). "
    "Make a new key.",
    "key.rsa_numbers": "The numbers of the secret RSA key do not belong together.",
    "key.pem": "This is not a public key in PEM (-----BEGIN PUBLIC KEY-----).",
    "key.pem_too_long": "The key file is longer than {limit} bytes.",
    "key.secret_published": "A secret key stands where the public key belongs. Whoever has seen it can sign with "
    "it: withdraw this key and make a new one.",
    "key.deactivated": "The key is marked as deactivated.",
    "key.not_listed": "The key {key} is not in the document of {did}. Check the key's name, or publish the key there.",
    "key.foreign_controller": "The key {key} is controlled by {controller}, not by {did}. Ask the issuer "
    "whether the document is theirs.",
    "key.wrong_purpose": "The key {key} is not listed under {purpose}, so it must not be used for this. Ask the "
    "issuer whether the document is theirs.",
    "key.revoked": "The key {key} was revoked ({since}). Ask the issuer whether the document is theirs.",
    "key.expired": "The key {key} must not be used after {since}. Ask the issuer whether the document is theirs.",
    "signature.wrong": "The signature does not fit: the content was changed, or another key signed it. Get the "
    "document again from where it was issued.",
    "signature.length": "The signature has {found} bytes; one by this key has {expected}. Get the document "
    "again from where it was issued.",
    "signature.form": "The signature holds numbers or a point that no honest signature has. Get the "
    "document again from where it was issued.",
    "algorithm.wrong_key": "The algorithm {algorithm} does not go with this {kind} key. Allowed: {allowed}.",
    # JSON Web Keys
    "jwk.not_object": "The JSON Web Key is not a JSON object.",
    "jwk.member_missing": "The JSON Web Key has no “{name}”.",
    "jwk.member_text": "The member “{name}” of the JSON Web Key is not text.",
    "jwk.member_too_long": "The member “{name}” of the JSON Web Key is longer than {limit} bytes.",
    "jwk.member_length": "The member “{name}” of the JSON Web Key has {found} bytes instead of {expected}. Leading "
    "zeros have to be kept.",
    "jwk.member_number": "The member “{name}” of the JSON Web Key is empty or starts with zero bytes.",
    "jwk.unsupported": "JSON Web Keys of type {kty} {crv} are not used here. Use OKP Ed25519, EC P-256, EC P-384 or "
    "RSA.",
    "jwk.private": "The published JSON Web Key holds its secret part (“{name}”). Whoever has seen it can sign with "
    "it: withdraw this key and make a new one.",
    "jwk.symmetric": "The JSON Web Key is a shared secret (oct). Whoever can check with it could also sign with it, "
    "so it proves nothing.",
    "jwk.use": "The JSON Web Key is meant for “{use}”, not for signatures (“sig”).",
    "jwk.key_ops": "The member “key_ops” of the JSON Web Key is not a list of texts.",
    "jwk.operation": "The JSON Web Key does not allow “{operation}” (key_ops).",
    "jwk.algorithm": "The JSON Web Key says it is for {algorithm}, which does not go with a {kind} key.",
    "key_set.form": "The key set is not an object with a list under “keys”.",
    "key_set.too_many": "The key set holds more than {limit} keys.",
    "key_set.duplicate_kid": "The key set names two keys “{kid}”. Give each key a name of its own.",
    "key_set.not_found": "The key set holds no key “{kid}”.",
    "key_set.other_issuer": "The key “{kid}” belongs to another issuer ({issuer}).",
    # signing keys and their files
    "signing_key.unusable": "This key cannot be used for signing: {reason}",
    "signing_key.mismatch": "The public and the secret part of the key do not belong together.",
    "signing_key.public_only": "This is a public key. Signing needs the secret one.",
    "signing_key.pem": "This is not a private key in PEM (-----BEGIN PRIVATE KEY-----) that can be read. Name the file "
    "with the private key, whole and unchanged.",
    "signing_key.passphrase_needed": "The key is encrypted. Give its passphrase.",
    "signing_key.passphrase_wrong": "The key could not be decrypted. Check the passphrase.",
    "signing_key.passphrase_empty": "The passphrase is empty. Give one, or none at all.",
    "signing_key.passphrase_text": "The passphrase cannot be used: it is too long or holds half a character.",
    "signing_key.not_encrypted": "A passphrase was given, but the key is not encrypted. Leave the passphrase out, "
    "or save the key with it.",
    "signing_key.controller": "“{controller}” and “{fragment}” do not make a key's name. Use a DID or https URL, "
    "and a name without “#” and blanks.",
    "signing_key.immutable": "A signing key cannot be changed. Make another one.",
    "signing_key.not_picklable": "A signing key is not pickled, so that it is not left behind in files and queues. "
    "Hand over its PEM, best with a passphrase.",
    "signing_key.no_rsa_multikey": "There is no Multikey form of a secret RSA key. Use PEM or a JSON Web Key.",
    "key_file.not_read": "The key file {path} could not be read: {reason}. Check the name, the folder, and who may "
    "read it.",
    "key_file.no_key": "There is no key in {path}. Name a key file: PEM (-----BEGIN …), as keygen writes it, or a JSON "
    "Web Key.",
    "key_file.not_regular": "{path} is not a regular file. Name the key file itself.",
    "key_file.open_to_others": "The key file {path} can be read by other users of this machine (mode {mode}). Run: "
    "chmod 600 {path}",
    "key_file.exists": "{path} exists already and was left as it is. Choose another name, or allow "
    "overwriting (on the command line: --force).",
    "key_file.not_written": "The key file {path} could not be written: {reason}. Choose another folder or name.",
    # identifiers
    "did.syntax": "“{did}” is not a DID. A DID looks like did:web:badges.example.org or did:key:z6Mk…",
    "did.too_long": "The DID is longer than {limit} characters.",
    "did.unknown_method": "DIDs of the method “{method}” are not known here. Known methods: {known}. Check it "
    "with a program that knows this.",
    "did.not_object": "The DID document is not a JSON object.",
    "did.member_text": "The member “{name}” is missing or is not text.",
    "did.method_object": "A verification method is not a JSON object, or its reference is not text.",
    "did.other_id": "The document says it is {found}, but {expected} was asked for.",
    "did.deactivated": "The identifier {did} has been deactivated.",
    "did.duplicate_id": "The document defines the key {id} twice. Keep one of them.",
    "did.too_many_methods": "The document lists more than {limit} keys.",
    "did.method_type": "Keys of type {type} are not known here. Use Multikey or JsonWebKey.",
    "did.two_keys": "The verification method holds a Multikey and a JSON Web Key. Keep one of them.",
    "did.key_of_other_kind": "The verification method is for Ed25519 keys, but holds a {kind} key.",
    "did.media_type": "{url} answered with {media_type}, not with JSON. Serve the document as application/did+json.",
    "did.now_without_zone": "The time to check keys at has no time zone.",
    "did.key_twice": "A key stands twice in the document of {did}. List it once, as current or as retired.",
    "did_url.syntax": "“{text}” is not the name of a key: a DID, “#” and a fragment.",
    "did_url.too_long": "The key's name is longer than {limit} characters.",
    "did_url.query": "The key's name “{text}” holds a query (“?”), which is not allowed.",
    "did_url.path": "The key's name “{text}” holds a path (“/”), which is not allowed.",
    "did_url.no_fragment": "“{text}” names no key: “#” and the key's fragment are missing.",
    "did_web.host": "“{did}” names no valid host.",
    "did_web.address": "“{did}” names an IP address. A did:web needs a domain name.",
    "did_web.port": "The port in “{did}” is not valid. It is written %3A8443 after the host.",
    "did_web.path": "The path in “{did}” is empty in places, climbs upwards or holds forbidden characters.",
    "did_web.url": "No did:web can be made of {url}. Use an https URL with a domain name, without query and “:” in "
    "the path.",
    # JWS
    "jws.too_long": "The token is longer than {limit} bytes.",
    "jws.character": "The token holds a character that no signed token has. Check for blanks, line ends and quotes.",
    "jws.parts": "A signed token has three parts with dots between; this text has {found}.",
    "jws.part_too_long": "The {part} of the token is longer than {limit} bytes.",
    "jws.base64url": "The {part} of the token is not clean base64url: {reason}",
    "jws.detached": "The token has no content. A badge stands inside its token.",
    "jws.json_serialization": "The signature is in the JSON form of JWS. Use the compact form: three parts with dots.",
    "jws.selective_disclosure": "The token is an SD-JWT (it holds “~”). Open Badges are plain signed tokens.",
    "jws.encrypted": "The token is encrypted (JWE). Open Badges are signed, not encrypted.",
    "jws.crit": "The token's header demands extensions (“crit”), which are not known here.",
    "jws.b64": "The token's header has “b64”, which changes what is signed. It is not allowed.",
    "jws.remote_key": "The token's header tells where to fetch a key (“{name}”). Keys come from the issuer, never "
    "from there.",
    "jws.certificate": "The token's header brings certificates (“{name}”). Keys come from the issuer, never from "
    "there.",
    "jws.encryption_member": "The token's header has “{name}”, which belongs to encrypted tokens.",
    "jws.member_text": "The member “{name}” of the token's header is not text.",
    "jws.no_algorithm": "The token's header names no algorithm (“alg”).",
    "jws.unsigned": "The token says that it is not signed (alg {algorithm}). Anybody could have written it. Ask "
    "the issuer for the signed badge.",
    "jws.symmetric": "The token is signed with a shared secret ({algorithm}), so it proves nothing to others. "
    "Allowed: {allowed}.",
    "jws.algorithm": "The token's algorithm {algorithm} is not allowed. Allowed: {allowed}.",
    "jws.type": "The token is of type “{typ}”, which is something else than a badge. Allowed: {allowed}.",
    "jws.header": "A token with this header would be refused: {reason}",
    "jws.header_algorithm": "The header names the algorithm {found}, but the signer makes {expected}. Leave “alg” out.",
    "jws.signer": "The signer's answer is not a usable signature: {reason} ECDSA signatures are r and s joined, not "
    "DER.",
}
