/** Where the page is, and what its address asks for. Import this first: it sets what the web client sets before anything else. */

const staticPath = '/static/';

window.basename = (window.publicPath ?? staticPath).slice(0, -staticPath.length);

/** The address of the site without a trailing slash. */
export const siteUrl = `${window.location.origin}${window.basename}`;

const asked = new URLSearchParams(window.location.search);

/** `?locale=ko`. The web client takes it from the user's profile. */
export const locale = asked.get('locale') ?? 'en';

/** `?theme=denim` or `?theme=onyx`. The default is the console's own colors. */
export const theme = asked.get('theme') ?? 'console';

/** `/admin_console/plugins/plugin_<id>`, as in the System Console. */
export const pluginId = /\/plugin_([^/]+)$/.exec(window.location.pathname)?.[1] ?? 'entrasync';
