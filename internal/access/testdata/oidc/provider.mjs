// A real OpenID Connect provider on loopback, for the sign-in test. Arguments: port, redirect address.
// Everybody is who they type at its sign-in page (devInteractions); "lin.shi" has no e-mail.
import Provider from 'oidc-provider';

const [port, back] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'fadu', client_secret: 'test-only', redirect_uris: [back],
    grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_basic',
  }],
  pkce: { required: () => true },
  claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['test only'] },
  async findAccount(_, id) {
    return { accountId: id, async claims() { return { sub: id, preferred_username: `${id}@ju`, ...(id === 'lin.shi' ? {} : { email: `${id}@example.org`, email_verified: false }) }; } };
  },
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
