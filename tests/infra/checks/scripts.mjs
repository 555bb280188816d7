// The scripts of infra/, without Azure.
import { checkAfterDeploy } from './after-deploy.mjs';
import { checkBeforeDeploy } from './before-deploy.mjs';
import { checkDeployPackage } from './deploy-package.mjs';

export const checkScripts = async () => [...checkBeforeDeploy(), ...checkDeployPackage(), ...checkAfterDeploy()];
