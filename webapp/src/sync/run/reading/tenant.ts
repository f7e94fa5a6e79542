import {SyncError, type Fault} from '../../errors';
import type {Ports} from '../../ports';
import type {StoredTenants} from '../../types';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What Microsoft says: the id of the tenant that is read, '' if it does not say it, and the ids behind other names. */
interface SaidTenants {
    id: string;
    ids_of_names: ReadonlyMap<string, string>;
}

/** Whose links a run uses: those of `tenant_id`, with what is stored under other names of the same tenant. */
export interface ChosenTenant {
    tenant_id: string;
    carry: string[];
}

/**
 * Makes the run use the links of the tenant that it reads, by the tenant's own id: the setting may name it in several ways. Throws when
 * there are links of another tenant, whose accounts would look as if they belonged to no user, unless an administrator has agreed.
 */
export async function openTenant({directory, links}: Pick<Ports, 'directory' | 'links'>): Promise<void> {
    const stored = await links.tenants();
    const names = stored.tenants.map(({tenant_id}) => tenant_id).filter((name) => !GUID.test(name));
    const {id, ids} = await directory.tenant({names});
    const chosen = chooseTenant(stored, {id, ids_of_names: new Map(names.map((name, at) => [name, ids[at] ?? '']))});
    if ('code' in chosen) {
        throw new SyncError(chosen);
    }
    await links.use_tenant(chosen);
}

/** A setting that is an id names the tenant itself: Microsoft signs in to no other. Any other name needs Microsoft's word. */
export function chooseTenant({written, move_to, tenants}: StoredTenants, said: SaidTenants): ChosenTenant | Fault {
    const tenant_id = [said.id, written].find((id) => GUID.test(id))?.toLowerCase();
    if (!tenant_id) {
        return {code: 'tenant_unknown', params: {tenant: written}};
    }
    const isSame = (name: string) => {
        const key = name.toLowerCase();
        return key === tenant_id || said.ids_of_names.get(name)?.toLowerCase() === tenant_id || (key === written.toLowerCase() && !GUID.test(name));
    };
    const other = tenants.find(({tenant_id: name, links}) => links > 0 && !isSame(name));
    if (other && move_to.toLowerCase() !== tenant_id) {
        return {code: 'tenant_changed', params: {tenant: tenant_id, other: other.tenant_id, links: other.links}};
    }
    return {tenant_id, carry: tenants.map((each) => each.tenant_id).filter((name) => name !== tenant_id && isSame(name))};
}
