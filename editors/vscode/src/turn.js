// inTurn returns a function that runs what it is given, one after the other,
// and returns what that returns. What fails keeps nothing after it from its
// turn.
function inTurn() {
  let last = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => {});
    return result;
  };
}

module.exports = { inTurn };
