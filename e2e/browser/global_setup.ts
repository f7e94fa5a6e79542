import {startScene, type SceneProcess} from './scene_process';

/** The variable with the introduction of the scene that all test files share, as JSON. */
export const sceneVariable = 'ENTRASYNC_SCENE';

declare global {
    var sharedScene: SceneProcess | undefined;
}

/** Sets one scene for all test files: it takes seconds to set. */
export default async function globalSetup(): Promise<void> {
    globalThis.sharedScene = await startScene();
    process.env[sceneVariable] = JSON.stringify(globalThis.sharedScene.introduction);
}
