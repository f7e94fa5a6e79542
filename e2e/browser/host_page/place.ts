/** Where the page stands, and what its address asks for. Import this first: it sets what the web client sets before anything else. */

const staticPath = '/static/';

window.basename = (window.publicPath ?? staticPath).slice(0, -staticPath.length);

/** The address of the site without a slash at its end. */
export const siteUrl = `${window.location.origin}${window.basename}`;

const asked = new URLSearchParams(window.location.search);

/** `?locale=ko`; the web client takes it from the person's profile. */
export const locale = asked.get('locale') ?? 'en';

/** `?theme=denim` or `?theme=onyx`; the console's own colours else. */
export const theme = asked.get('theme') ?? 'console';

/** `/admin_console/plugins/plugin_<id>`, as in the System Console. */
export const pluginId = /\/plugin_([^/]+)$/.exec(window.location.pathname)?.[1] ?? 'entrasync';
