// Times the JavaScript implementations on the credential and the keys that run.py hands over on standard input, and writes
// milliseconds a call to standard output. Contexts are in memory: nothing is fetched. Each work is checked before it is timed.
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as jcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {CompactSign, importJWK, jwtVerify} from 'jose';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {readFileSync} from 'node:fs';

const given = JSON.parse(readFileSync(0, 'utf8'));
const {contexts, credential, key, repeats, seconds, tokens} = given;
const WARM_UP = 1000; // milliseconds for each work

function keyDocument(url) {
  const [did, fragment] = url.split('#');
  const multikey = did.slice('did:key:'.length);
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${multikey}`, type: 'Multikey', controller: did, publicKeyMultibase: multikey
  };
  return fragment !== undefined ? method : {
    '@context': ['https://www.w3.org/ns/did/v1', method['@context']], id: did, verificationMethod: [method],
    assertionMethod: [method.id]
  };
}

async function documentLoader(url) {
  const document = url.startsWith('did:key:') ? keyDocument(url) : contexts[url];
  if(document === undefined) {
    throw new Error(`Not at hand: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
}

async function median(work) {
  const warm = performance.now() + WARM_UP;
  while(performance.now() < warm) {  // until the compiler of node has done what it can
    await work();
  }
  const until = performance.now() + 1000 * seconds;
  let calls = 0;
  while(performance.now() < until || calls < 3) {  // how many calls fill one repeat
    await work();
    calls++;
  }
  const times = [];
  for(let repeat = 0; repeat < repeats; repeat++) {
    const start = process.cpuUsage();
    for(let call = 0; call < calls; call++) {
      await work();
    }
    const {user, system} = process.cpuUsage(start);  // as timing.py: processor time of the whole process
    times.push((user + system) / 1000 / calls);
  }
  return times.sort((a, b) => a - b)[repeats >> 1];
}

const pair = await Ed25519Multikey.fromJwk({jwk: key.jwk, secretKey: true});
Object.assign(pair, {id: key.id, controller: key.controller});

async function dataIntegrity(name, createSuite, verifySuite) {
  const signing = () => vc.issue({
    credential: structuredClone(credential), documentLoader,
    suite: new DataIntegrityProof({signer: pair.signer(), cryptosuite: createSuite()})
  });
  const text = JSON.stringify(await signing());
  const checking = async badge => vc.verifyCredential({
    credential: JSON.parse(badge), documentLoader, suite: new DataIntegrityProof({cryptosuite: verifySuite()})
  });
  if(!(await checking(text)).verified || (await checking(text.replace('newcomers', 'new comers'))).verified) {
    throw new Error(`${name} is not usable here.`);
  }
  return {sign: await median(signing), verify: await median(() => checking(text))};
}

async function jose({algorithm, jwk, token}) {
  const secret = await importJWK(jwk, algorithm);
  const {d, p, q, dp, dq, qi, ...open} = jwk;
  const check = await importJWK(open, algorithm);
  const payload = new TextEncoder().encode(JSON.stringify(credential));
  await jwtVerify(token, check);
  return {
    sign: await median(() => new CompactSign(payload).setProtectedHeader({alg: algorithm, typ: 'JWT'}).sign(secret)),
    verify: await median(() => jwtVerify(token, check))
  };
}

function version(name) {
  return JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;
}

const result = {
  versions: Object.fromEntries(
    ['@digitalbazaar/vc', '@digitalbazaar/eddsa-rdfc-2022-cryptosuite', '@digitalbazaar/eddsa-jcs-2022-cryptosuite', 'jose']
      .map(name => [name, version(name)]).concat([['node', process.versions.node]])),
  'eddsa-rdfc-2022': await dataIntegrity('eddsa-rdfc-2022', () => rdfc, () => rdfc),
  'eddsa-jcs-2022': await dataIntegrity('eddsa-jcs-2022', jcs.createSignCryptosuite, jcs.createVerifyCryptosuite)
};
for(const token of tokens) {
  result[`vc-jwt ${token.algorithm}`] = await jose(token);
}
process.stdout.write(JSON.stringify(result));
