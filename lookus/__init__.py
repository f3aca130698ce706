"""Joins the rooms: settings, addresses, jobs, the `lookus` command, the embedded database.

Empty on purpose: the command must start fast. The Celery app is loaded by `LookUsConfig.ready`.
"""
