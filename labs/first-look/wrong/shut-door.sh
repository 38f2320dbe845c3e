#!/bin/bash
# fails: served
# why: A firewall in front of the live shop so that the counters stand still while one reads them.
nft insert rule inet filter input tcp dport 80 drop
