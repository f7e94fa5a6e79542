import {Text} from './text';

/** The console's list of pages. It keeps its width in every window. */
export function Sidebar({name}: {name: string}) {
    return (
        <nav className='admin-sidebar'>
            <div className='category-title'><Text id='host.plugins'/></div>
            <a className='sidebar-section-title' href={window.location.href} aria-current='page'>{name}</a>
        </nav>
    );
}
