/**
 * Failures with message and stack as a payload, which the codec encrypts. Loaded by its path, by Node and into the workflows'
 * bundle alike: therefore no TypeScript and no ES module.
 */
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
