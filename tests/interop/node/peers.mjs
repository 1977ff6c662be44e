// The JavaScript implementations, each behind the same two questions: sign this, is this good?
// Reads {contexts, requests} as JSON from standard input and writes the answers in the same order. No network.
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as sd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as jcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalbazaar/ed25519-verification-key-2020';
import {EdDSASigner, ES256Signer} from 'did-jwt';
import {Resolver} from 'did-resolver';
import {createVerifiableCredentialJwt, verifyCredential} from 'did-jwt-vc';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {SignJWT, importJWK, jwtVerify} from 'jose';
import {gunzipSync} from 'node:zlib';
import {readFileSync} from 'node:fs';

const {contexts, requests} = JSON.parse(readFileSync(0, 'utf8'));

function keyDocument(url, legacy) {
  const [did, fragment] = url.split('#');
  const multikey = did.slice('did:key:'.length);
  const method = legacy ? {
    '@context': 'https://w3id.org/security/suites/ed25519-2020/v1',
    id: `${did}#${multikey}`, type: 'Ed25519VerificationKey2020', controller: did, publicKeyMultibase: multikey
  } : {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${multikey}`, type: 'Multikey', controller: did, publicKeyMultibase: multikey
  };
  if(fragment !== undefined) {
    if(fragment !== multikey) {
      throw new Error(`No key ${url}.`);
    }
    return method;
  }
  return {
    '@context': ['https://www.w3.org/ns/did/v1', method['@context']], id: did,
    verificationMethod: [method], assertionMethod: [method.id], authentication: [method.id]
  };
}

function loader(legacy) {
  return async url => {
    const document = url.startsWith('did:key:') ? keyDocument(url, legacy) : contexts[url];
    if(document === undefined) {
      throw new Error(`Not at hand: ${url}`);
    }
    return {contextUrl: null, documentUrl: url, document};
  };
}

async function multikey(key) {
  const common = {id: key.id, controller: key.controller};
  const pair = key.jwk.kty === 'OKP' ? await Ed25519Multikey.fromJwk({jwk: key.jwk, secretKey: true}) :
    await EcdsaMultikey.fromJwk({jwk: key.jwk, secretKey: true});
  return Object.assign(pair, common);
}

const creating = {
  'eddsa-rdfc-2022': () => eddsaRdfc,
  'eddsa-jcs-2022': () => jcs.createSignCryptosuite(),
  'ecdsa-rdfc-2019': () => ecdsaRdfc,
  'ecdsa-sd-2023': mandatoryPointers => sd.createSignCryptosuite({mandatoryPointers})
};

function checkingSuites() {
  const cryptosuites = [eddsaRdfc, jcs.createVerifyCryptosuite(), ecdsaRdfc, sd.createVerifyCryptosuite()];
  return [...cryptosuites.map(cryptosuite => new DataIntegrityProof({cryptosuite})), new Ed25519Signature2020()];
}

function reason(result) {
  const errors = [result.error, ...(result.results ?? []).map(one => one.error)].flatMap(e => [e, ...(e?.errors ?? [])]);
  return [...new Set(errors.filter(Boolean).map(e => e.message))].join(' / ');
}

// The list is a credential, verified by the same library; the bit is read here (Bitstring Status List 1.0, section 3.2).
function readLists(documents) {
  return async ({credential}) => {
    for(const entry of [credential.credentialStatus].flat()) {
      const list = JSON.parse(documents[entry.statusListCredential]);
      const result = await vc.verifyCredential({credential: list, suite: checkingSuites(), documentLoader: loader(false)});
      if(!result.verified || list.issuer !== (credential.issuer.id ?? credential.issuer)) {
        throw new Error(`The status list is not good: ${reason(result)}`);
      }
      const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'));
      const index = Number(entry.statusListIndex);
      if(bits[index >> 3] >> (7 - index % 8) & 1) {
        return {verified: false, error: new Error('withdrawn')};
      }
    }
    return {verified: true};
  };
}

const digitalbazaar = {
  async verify({badge, documents}) {
    const credential = JSON.parse(badge);
    const legacy = [credential.proof].flat().some(proof => proof?.type === 'Ed25519Signature2020');
    const given = {credential, suite: checkingSuites(), documentLoader: loader(legacy)};
    const result = await vc.verifyCredential(documents ? {...given, checkStatus: readLists(documents)} : given);
    if(!result.verified) {
      throw new Error(reason(result));
    }
  },
  async sign({format, credential, key, created, mandatory, selective}) {
    const date = new Date(created);
    const documentLoader = loader(format === 'Ed25519Signature2020');
    let suite;
    if(format === 'Ed25519Signature2020') {
      const pair = await Ed25519VerificationKey2020.from(
        {...keyDocument(key.id, true), privateKeyMultibase: key.long_secret});
      suite = new Ed25519Signature2020({key: pair, date});
    } else {
      const cryptosuite = creating[format](mandatory);
      suite = new DataIntegrityProof({signer: (await multikey(key)).signer(), cryptosuite, date});
    }
    const signed = await vc.issue({credential, suite, documentLoader});
    if(format !== 'ecdsa-sd-2023') {
      return JSON.stringify(signed);
    }
    return digitalbazaar.derive({badge: JSON.stringify(signed), selective});
  },
  async derive({badge, selective}) {
    const cryptosuite = sd.createDiscloseCryptosuite({selectivePointers: selective});
    const suite = new DataIntegrityProof({cryptosuite});
    return JSON.stringify(
      await vc.derive({verifiableCredential: JSON.parse(badge), suite, documentLoader: loader(false)}));
  }
};

const joseLibrary = {
  async verify({badge, key}) {
    await jwtVerify(badge, await importJWK(key.public_jwk, key.algorithm));
  },
  async sign({payload, header, key}) {
    return new SignJWT(payload).setProtectedHeader({alg: key.algorithm, ...header})
      .sign(await importJWK(key.jwk, key.algorithm));
  }
};

const didJwtVc = {
  async verify({badge, key}) {
    const method = {id: key.id, type: 'JsonWebKey2020', controller: key.controller, publicKeyJwk: key.public_jwk};
    const didDocument = {id: key.controller, verificationMethod: [method], assertionMethod: [method.id]};
    const resolve = async did => did === key.controller ?
      {didDocument, didResolutionMetadata: {}, didDocumentMetadata: {}} :
      {didDocument: null, didResolutionMetadata: {error: 'notFound'}, didDocumentMetadata: {}};
    await verifyCredential(badge, new Resolver({key: resolve}));
  },
  async sign({payload, key}) {
    const secret = Buffer.from(key.jwk.d, 'base64url');
    const signer = key.algorithm === 'EdDSA' ? EdDSASigner(secret) : ES256Signer(secret);
    const issuer = {did: key.controller, signer, alg: key.algorithm};
    return createVerifiableCredentialJwt(payload, issuer, {header: {kid: key.id}});
  }
};

const PEERS = {digitalbazaar, jose: joseLibrary, 'did-jwt-vc': didJwtVc};

const answers = [];
for(const request of requests) {
  try {
    answers.push({ok: true, result: (await PEERS[request.peer][request.do](request)) ?? null});
  } catch(error) {
    answers.push({ok: false, error: `${error.name}: ${error.message}`});
  }
}
process.stdout.write(JSON.stringify(answers));
