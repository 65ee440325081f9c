/**
 * Puts message and stack of failures into a payload, which the codec encrypts. Neither TypeScript nor an ES module,
 * because Node and the workflow bundle both load it by path.
 */
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
