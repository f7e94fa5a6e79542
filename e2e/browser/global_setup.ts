import {startScene, type SceneProcess} from './scene_process';

/** The environment variable with the introduction of the shared scene as JSON. */
export const sceneVariable = 'ENTRASYNC_SCENE';

declare global {
    var sharedScene: SceneProcess | undefined;
}

/** Starts one scene for all test files, because starting it takes seconds. */
export default async function globalSetup(): Promise<void> {
    globalThis.sharedScene = await startScene();
    process.env[sceneVariable] = JSON.stringify(globalThis.sharedScene.introduction);
}
