"""Pages: the board for coordinators inside Airflow and the portal for units."""
