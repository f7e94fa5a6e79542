/** The Microsoft clouds and their hosts. Source: https://learn.microsoft.com/graph/deployments */

export interface CloudHosts {
    login_url: string;
    graph_url: string;
}

/** GCC belongs to `global`; `usgov` is L4 (GCC High), `usgov_dod` is L5. */
export const cloudHosts = {
    global: {login_url: 'https://login.microsoftonline.com', graph_url: 'https://graph.microsoft.com'},
    usgov: {login_url: 'https://login.microsoftonline.us', graph_url: 'https://graph.microsoft.us'},
    usgov_dod: {login_url: 'https://login.microsoftonline.us', graph_url: 'https://dod-graph.microsoft.us'},
    china: {login_url: 'https://login.chinacloudapi.cn', graph_url: 'https://microsoftgraph.chinacloudapi.cn'},
} satisfies Record<string, CloudHosts>;

type Cloud = keyof typeof cloudHosts | 'custom';
export const clouds: readonly Cloud[] = [...Object.keys(cloudHosts) as Array<keyof typeof cloudHosts>, 'custom'];

export function isCloud(cloud: string): cloud is Cloud {
    return (clouds as readonly string[]).includes(cloud);
}
