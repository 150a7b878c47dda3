// Named by path in the worker, the client and the workflow bundle (data-converter.ts). It is CommonJS because the SDK
// loads it with require(), under test runners and Node versions whose require() takes no ES module, and bundles it as it is.
const { DefaultFailureConverter } = require('@temporalio/common');

/** Messages and stack traces become a payload, which the codec encrypts; otherwise they stand in clear in the history. */
exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
