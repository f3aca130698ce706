"""What the pages of Insights show: plain tables, of which page, chart, CSV and mail are made."""
