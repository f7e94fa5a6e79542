export {openServer} from '../cases/open_server';
