import './global_setup';

export default async function globalTeardown(): Promise<void> {
    await globalThis.sharedScene?.stop();
}
