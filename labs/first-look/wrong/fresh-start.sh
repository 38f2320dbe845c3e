#!/bin/bash
# fails: untouched
# why: A restart to begin from something known: the queue is made anew, by what somaxconn says now, and the descriptors by what the unit says.
systemctl restart puma
