// Starts Azurite so that it ends with the program that started it, however that one ends: the pipe to this process's
// standard input closes then. Ctrl+C reaches this process as well as its parent, which still needs storage while it stops,
// so SIGINT is not Azurite's affair here.
'use strict';

const once = process.once.bind(process);
process.once = (event, listener) => (event === 'SIGINT' ? process : once(event, listener));
process.on('SIGINT', () => {});

const stop = () => {
  // Azurite writes its tables to disk on SIGTERM. (Emitted rather than sent: Windows would end the process at once.)
  process.emit('SIGTERM', 'SIGTERM');
  setTimeout(() => process.exit(0), 3000).unref();
};
process.stdin.once('end', stop).once('error', stop).resume();

require('azurite/dist/src/azurite.js');
