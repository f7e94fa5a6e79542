declare module 'react-bootstrap';

interface Window {

    /** Set by the server's script if Mattermost is served below a subpath, such as '/chat/static/'. */
    publicPath?: string;
}
