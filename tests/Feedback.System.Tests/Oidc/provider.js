// A bureau's own provider of sign-in, for tests: whoever comes may call themselves what they like.
// Names that begin with "mfa-" showed a second factor there.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'feedback',
      client_secret: process.env.CLIENT_SECRET,
      // Native clients come back to any port of this machine (RFC 8252, section 7.3).
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/sign-in/provider/back'],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    }],
    pkce: { required: () => true },
    claims: { openid: ['sub', 'amr'], profile: ['preferred_username'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id }) }),
    // The bureau's own service needs nobody's consent.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });

  const answer = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url.startsWith('/interaction/')) {
      answer(request, response);
    } else if (request.method === 'GET') {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<form method="post" action="${issuer}${request.url}"><input name="login"><button>Sign in</button></form>`);
    } else {
      const body = await new Response(request).text();
      const login = new URLSearchParams(body).get('login');
      const amr = login.startsWith('mfa-') ? ['pwd', 'otp'] : ['pwd'];
      await provider.interactionFinished(request, response, { login: { accountId: login, amr }, consent: {} });
    }
  });
  console.log(`listening ${issuer}`);
});
