// Airflow's menu entry "Điều hành": leave Airflow's pages for the board, at its own address.
globalThis.AirflowPlugin = () => {
  globalThis.location.replace(new URL("../", import.meta.url ?? globalThis.location.href));
  return null;
};
